"""Write docs/risk_models.md from the shipped risk models."""

from pathlib import Path

from core.risk.document import models_page
from core.risk.library import load_model, model_names
from core.storage import replace_file

PAGE = Path(__file__).resolve().parents[1] / "docs" / "risk_models.md"

if __name__ == "__main__":
    page = models_page(load_model(name) for name in model_names())
    replace_file(PAGE, page.encode(), private=False)
