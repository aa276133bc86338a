liaison_embed(liaison_resolve liaison::resolve::data schemas/regimes.json schemas/resolve_weights.json)
