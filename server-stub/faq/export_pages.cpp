#include "server-stub/faq/export_pages.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <vector>

#include "server-stub/faq/files.h"
#include "server-stub/files/files.h"

namespace askus::faq {
namespace {

using Names = std::set<std::string, std::less<>>;
constexpr std::string_view kIndex = "index.html";
constexpr std::string_view kMissing = "404.html";
constexpr int kFormat = 1;
constexpr std::size_t kSteps = 20;  // of the progress

std::string file_of(std::string_view path) {
  std::string file(path);
  if (file.empty() || file.ends_with('/')) file += kIndex;
  return file;
}

// The path that a file is at; other files are at their names.
std::string_view path_of(std::string_view file) {
  if (file == kIndex || file.ends_with(std::string("/") + std::string(kIndex)))
    file.remove_suffix(kIndex.size());
  return file;
}

// Below the folder, whatever somebody wrote into the manifest.
bool is_inside(const std::string& file) {
  const std::filesystem::path path(file);
  return !file.empty() && path.is_relative() &&
         std::none_of(path.begin(), path.end(), [](const auto& part) { return part == ".."; });
}

Result<Names> read_manifest(const std::string& file) {
  const auto text = read_file(file);
  if (!text && text.error().code == Code::kNotFound) return Names{};
  if (!text) return text.error();
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  const Error bad{Code::kMalformed,
                  file + " is not what askus-faq pages writes; take it away to begin anew"};
  if (!json.is_object() || !json.contains("format") || json["format"] != kFormat ||
      !json.contains("files") || !json["files"].is_array())
    return bad;
  Names names;
  for (const auto& name : json["files"]) {
    if (!name.is_string() || !is_inside(name.get<std::string>())) return bad;
    names.insert(name.get<std::string>());
  }
  return names;
}

Status write_manifest(const std::string& file, const std::string& base, const Names& names) {
  const nlohmann::ordered_json json{{"format", kFormat}, {"base", base}, {"files", names}};
  return files::write_durably(file, json.dump(1) + "\n");
}

class Export {
 public:
  Export(const pages::HelpPages& pages, std::string base, std::string folder, Progress& progress)
      : pages_(pages), base_(std::move(base)), folder_(std::move(folder)), progress_(progress) {}

  Result<Exported> run() {
    if (Status made = files::make_folder(folder_, files::kFolderForAll); !made.ok())
      return made.error();
    const std::string manifest = in_folder(kExportManifest);
    Result<Names> old = read_manifest(manifest);
    if (!old.ok()) return old.error();
    const std::vector<std::string> paths = pages_.paths();
    Names all = *old;
    for (const std::string& path : paths) all.insert(file_of(path));
    if (Status written = write_manifest(manifest, base_, all); !written.ok())
      return written.error();
    if (Status step = write_pages(paths); !step.ok()) return step.error();
    if (Status step = write_moved(*old); !step.ok()) return step.error();
    if (Status step = write_for_servers(); !step.ok()) return step.error();
    if (Status step = take_away(*old); !step.ok()) return step.error();
    if (Status step = write_manifest(manifest, base_, files_); !step.ok()) return step.error();
    return done_;
  }

 private:
  std::string in_folder(std::string_view name) const { return folder_ + "/" + std::string(name); }

  // Leaves a file that has these bytes as it is, with its time of change.
  Status write(const std::string& name, std::string_view bytes) {
    files_.insert(name);
    const std::string file = in_folder(name);
    std::error_code none;
    if (std::filesystem::file_size(file, none) == bytes.size() && !none) {
      const auto there = files::read_file(file, bytes.size());
      if (there.ok() && *there == bytes) {
        ++done_.kept;
        return {};
      }
    }
    const auto above = std::filesystem::path(file).parent_path();
    std::filesystem::create_directories(above, none);
    if (none)
      return Error{Code::kUnavailable, "cannot create " + above.string() + ": " + none.message()};
    ++done_.written;
    return files::write_quickly(file, bytes);
  }

  Status write_pages(const std::vector<std::string>& paths) {
    const std::size_t step = std::max<std::size_t>(1, paths.size() / kSteps);
    for (std::size_t i = 0; i < paths.size(); ++i) {
      if (i % step == 0)
        progress_.step("writing page " + std::to_string(i + 1) + " of " +
                       std::to_string(paths.size()));
      const pages::Page page = pages_.find(paths[i]);
      Status written = write(file_of(paths[i]), page.outcome == pages::Outcome::kMoved
                                                    ? pages_.moved(paths[i], page.body)
                                                    : page.body);
      if (!written.ok()) return written;
    }
    for (const pages::Language& language : pages_.languages()) {
      const std::string name(kMissing);
      const std::string missing = pages_.missing(language);
      if (Status written = write(language.path + name, missing); !written.ok()) return written;
      if (&language == &pages_.languages().front())
        if (Status written = write(name, missing); !written.ok()) return written;
    }
    return {};
  }

  Status write_moved(const Names& old) {
    progress_.step("looking for old addresses");
    for (const std::string& file : old) {
      if (files_.count(file) > 0 || !file.ends_with(kIndex)) continue;
      const std::string path(path_of(file));
      const pages::Page page = pages_.find(path);
      if (page.outcome != pages::Outcome::kMoved) continue;
      if (Status written = write(file, pages_.moved(path, page.body)); !written.ok())
        return written;
      moved_.emplace_back(path, page.body);
    }
    done_.moved = moved_.size();
    return {};
  }

  // The addresses that have moved, as Netlify and Cloudflare Pages and as nginx's map read them.
  Status write_for_servers() {
    const std::string root(pages::path_of_base(base_));
    std::string redirects, map;
    for (const auto& [from, to] : moved_) {
      redirects.append(root).append(from).append(" ").append(root).append(to).append(" 301\n");
      map.append("\"").append(root).append(from);
      map.append("\" \"").append(root).append(to).append("\";\n");
    }
    if (Status written = write("_redirects", redirects); !written.ok()) return written;
    return write("redirects.map", map);
  }

  Status take_away(const Names& old) {
    for (const std::string& file : old) {
      if (files_.count(file) > 0) continue;
      std::error_code error;
      std::filesystem::path path(in_folder(file));
      if (std::filesystem::remove(path, error)) ++done_.gone;
      if (error)
        return Error{Code::kUnavailable, "cannot remove " + path.string() + ": " + error.message()};
      // Its folder, once it is empty.
      for (path = path.parent_path(); path != folder_; path = path.parent_path())
        if (!std::filesystem::is_empty(path, error) || error ||
            !std::filesystem::remove(path, error))
          break;
    }
    return {};
  }

  const pages::HelpPages& pages_;
  const std::string base_, folder_;
  Progress& progress_;
  Names files_;  // of this export
  std::vector<std::pair<std::string, std::string>> moved_;
  Exported done_;
};

}  // namespace

Result<Exported> export_pages(const pages::HelpPages& pages, const std::string& base,
                              const std::string& folder, Progress& progress) {
  std::string trimmed = folder;
  while (trimmed.size() > 1 && trimmed.ends_with('/')) trimmed.pop_back();
  return Export(pages, base, trimmed, progress).run();
}

}  // namespace askus::faq
