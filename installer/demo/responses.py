"""A responses file: for each questionnaire a list of visits with answers and the reasons why others are absent."""

import json
from dataclasses import dataclass
from pathlib import Path

from failure import Failure


@dataclass
class Visit:
    respondent: str
    questionnaire: str
    answers: dict
    absent: dict


@dataclass
class Responses:
    path: Path
    visits: list
    questionnaires: list  # folders
    sic: set              # comments whose spelling the inspector marks
    inspection: str

    @property
    def area(self):
        words = [word for word in self.inspection.split("-") if not word.isdigit()]
        return " ".join(words).title()

    @property
    def all_texts(self):
        return [answer for visit in self.visits for answer in visit.answers.values() if isinstance(answer, str)]


def folder_of(questionnaire, beside, assets):
    """A questionnaire stands with the others, or beside the responses."""
    for folder in (assets / "questionnaires" / questionnaire, beside / questionnaire,
                   beside / "questionnaires" / questionnaire, beside):
        try:
            definition = json.loads((folder / "definition.json").read_text())
        except OSError:
            continue
        if definition.get("id") == questionnaire:
            return folder
    return None


def visit_from(questionnaire, row, path):
    if not isinstance(row, dict) or not isinstance(row.get("answers"), dict):
        raise Failure(f"{path}: a visit of '{questionnaire}' has no \"answers\"")
    return Visit(str(row.get("respondent", "?")), questionnaire, row["answers"], row.get("absent", {}))


def read(path, assets):
    try:
        data = json.loads(path.read_text())
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise Failure(f"{path} is no JSON: {error}") from error
    lists = {key: value for key, value in data.items() if isinstance(value, list)}
    folders = {key: folder_of(key, path.parent, assets) for key in lists}
    for key, folder in folders.items():
        if folder is None:
            raise Failure(f"{path} has responses to '{key}', and there is no questionnaire of that name in "
                          f"{assets / 'questionnaires'} or beside the file")
    visits = [visit_from(key, row, path) for key, rows in lists.items() for row in rows]
    if not visits:
        raise Failure(f"{path} holds no visits")
    figures = path.parent / "figures.json"
    sic = set(json.loads(figures.read_text()).get("sic", [])) if figures.exists() else set()
    return Responses(path, visits, list(folders.values()), sic, path.parent.name)
