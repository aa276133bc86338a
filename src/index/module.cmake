liaison_embed(liaison_index liaison::index::data schemas/edge_kinds.json)
