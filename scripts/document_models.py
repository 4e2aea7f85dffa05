"""Print docs/risk_models.md: every shipped risk model, from its file."""

from core.risk.document import models_page
from core.risk.library import load_model, model_names

if __name__ == "__main__":
    print(models_page(load_model(name) for name in model_names()), end="")
