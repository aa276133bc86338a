liaison_embed(liaison_adapter liaison::adapter::data src/adapter/data/ofac_labels.json)
