// Result and Error: how every fallible call of the project answers.
//
// Neither throws; both work without exceptions and RTTI (the wasm build). A Result cannot be
// ignored. Not thread-safe, like any value.
#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace askus {

// What kind of failure it was: who has to act on it.
enum class Code : std::uint8_t {
  kMalformed,    // the input breaks its format; sending the same again fails again
  kTooLarge,     // the input exceeds a stated limit; the text names the limit
  kUnsupported,  // a format or version that this build does not know
  kRefused,      // well-formed, but not permitted: signature, key, origin, version order
  kNotFound,     // what was asked for is not there
  kConflict,     // clashes with what is stored or in flight
  kUnavailable,  // a resource (disk, database, queue) cannot serve now; try again later
  kInternal,     // our own bug
};

// A failure: its kind and one sentence that names the offending value and the remedy.
struct Error {
  Code code = Code::kInternal;
  std::string text;
};

// A T or an Error. T must not be Error.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Requires ok().
  T& value() & {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // Requires !ok().
  const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

// Success without a value, or an Error.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  // Requires !ok().
  const Error& error() const {
    assert(!ok());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace askus
