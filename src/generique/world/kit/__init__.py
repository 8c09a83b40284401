"""The kit that grammars build places from: solids, facades, furniture, cars, trees."""
