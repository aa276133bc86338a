liaison_embed(liaison_model liaison::model::data schemas/vocabulary.json)
