liaison_embed(liaison_query liaison::query::data schemas/list_effects.json)
