#pragma once
// News documents to statements: each is read for claims, its names are linked to the entities of the lists, and what it
// says becomes edges that are always marked as news.

#include "liaison/adapter/adapter.hpp"
#include "liaison/index/index.hpp"

namespace liaison::pipeline {

inline constexpr std::string_view kDocuments = "documents";  ///< the format's name in manifests

/// `index` is that of the lists in service; null: nothing is linked. A document that cannot be read is an issue.
adapter::ReadSummary read_documents(const record::FileSet& files, const index::Index* index, const adapter::ReadOptions& options,
                                    model::StatementSink& sink);

}  // namespace liaison::pipeline
