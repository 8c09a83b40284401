"""Why ``world`` refuses, as data: each reason in English and in French, side by side."""
