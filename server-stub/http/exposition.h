// Prometheus's text format, version 0.0.4: families of samples with labels.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace askus::http {

inline constexpr std::string_view kExpositionType = "text/plain; version=0.0.4; charset=utf-8";

using Label = std::pair<std::string_view, std::string_view>;
using Labels = std::initializer_list<Label>;

class Exposition {
 public:
  // Begins a family; its samples follow. `type`: counter, gauge or histogram.
  void family(std::string_view name, std::string_view type, std::string_view help);
  // One sample of the family, its name with a suffix ("_bucket", "_sum") where the type has them.
  // A label with an empty value is left out, as Prometheus understands it. Values of labels may
  // hold any text.
  void sample(std::uint64_t value, Labels labels = {}, std::string_view suffix = {});
  void sample(double value, Labels labels = {}, std::string_view suffix = {});

  const std::string& text() const { return text_; }

 private:
  void write(std::string_view value, Labels labels, std::string_view suffix);
  std::string text_, name_;
};

}  // namespace askus::http
