"""An OpenAPI 3.1 document as a judge: is what was asked and answered what it says? (JSON Schema 2020-12 by python3-jsonschema)"""

import json
import re
from collections import namedtuple
from urllib.parse import parse_qsl, unquote, urlsplit

import jsonschema

Exchange = namedtuple("Exchange", "method target asked_with asked status answered_with answered")  # headers: lower case

PROBLEM = "application/problem+json"
HEADERS_TO_BE_DESCRIBED = {"link", "etag", "audit-head", "perspective-packages"}


def media_type(headers):
    return headers.get("content-type", "").split(";")[0].strip().lower()


class Description:
    def __init__(self, document):
        self.document = document
        self.operations = [(method.upper(), path, operation) for path, methods in document["paths"].items()
                           for method, operation in methods.items()]

    def find(self, method, target):
        """(operation, values of its path); a fixed part wins over a {name}."""
        path = urlsplit(target).path
        found = []
        for each, template, operation in self.operations:
            names = re.findall(r"\{([^}]+)\}", template)
            fit = re.fullmatch(re.sub(r"\\\{[^}]+\\\}", "([^/]+)", re.escape(template)), path)
            if each == method and fit:
                found.append((len(names), operation, dict(zip(names, map(unquote, fit.groups())))))
        return min(found, key=lambda each: each[0])[1:] if found else (None, {})

    def resolved(self, value):
        if set(value) != {"$ref"}:
            return value
        place = self.document
        for step in value["$ref"].split("/")[1:]:
            place = place[step]
        return place

    def mistakes(self, value, schema):
        whole = {**schema, "components": self.document["components"]}  # what its references mean
        validator = jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker(["date"]))
        return [f"{'/'.join(map(str, error.absolute_path)) or 'the whole'}: {error.message[:200]}"
                for error in validator.iter_errors(value)]

    def faults_of_examples(self):
        return [f"the example of {name}: {mistake}" for name, schema in self.document["components"]["schemas"].items()
                for example in schema.get("examples", []) for mistake in self.mistakes(example, schema)]

    def faults(self, exchange):
        operation, values = self.find(exchange.method, exchange.target)
        if operation is None:
            if exchange.status in (404, 405):
                return self.faults_of_problem(exchange)
            return [f"no file in assets/api describes {exchange.method} {urlsplit(exchange.target).path}"]
        faults = self.faults_of_answer(exchange, operation)
        if exchange.status < 400:
            faults += self.faults_of_question(exchange, operation, values)
        return [f"{operation['operationId']}, {exchange.status}: {fault}" for fault in faults]

    def faults_of_question(self, exchange, operation, values):
        faults, parameters = [], [self.resolved(each) for each in operation.get("parameters", [])]
        query = dict(parse_qsl(urlsplit(exchange.target).query, keep_blank_values=True))
        given = {"path": values, "query": query, "header": exchange.asked_with}
        for each in parameters:
            name = each["name"].lower() if each["in"] == "header" else each["name"]
            text = given[each["in"]].get(name)
            if text is None:
                faults += [f"{each['in']} \"{name}\" is missing"] if each.get("required") else []
            elif text != "" or not each.get("allowEmptyValue"):
                is_number = each["schema"].get("type") == "integer" and re.fullmatch(r"-?\d+", text)
                faults += [f"{each['in']} \"{name}\": {mistake}" for mistake in
                           self.mistakes(int(text) if is_number else text, each["schema"])]
        known = {each["name"] for each in parameters if each["in"] == "query"}
        faults += [f"query \"{name}\" is not described" for name in set(query) - known]
        body = operation.get("requestBody")
        if body is None:
            return faults + (["a body is not described"] if exchange.asked else [])
        if not exchange.asked:
            return faults + (["there is no body"] if body.get("required") else [])
        return faults + self.faults_of_content("the body", exchange.asked_with, exchange.asked, body["content"])

    def faults_of_content(self, what, headers, content, described):
        said = media_type(headers)
        if said not in described:
            return [f"{what} is {said or 'of no type'}, described is {', '.join(described)}"]
        if said != "application/json":
            return []
        try:
            value = json.loads(content)
        except ValueError:
            return [f"{what} is no JSON"]
        return [f"{what}, {mistake}" for mistake in self.mistakes(value, described[said]["schema"])]

    def faults_of_problem(self, exchange):
        content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        if media_type(exchange.answered_with) != PROBLEM:
            return [f"the answer {exchange.status} is no problem of RFC 9457"]
        try:
            problem = json.loads(exchange.answered)
        except ValueError:
            return ["the problem is no JSON"]
        faults = self.mistakes(problem, content[PROBLEM]["schema"])
        if problem.get("status") != exchange.status:
            faults.append(f"the problem says {problem.get('status')}, the answer {exchange.status}")
        return faults

    def faults_of_answer(self, exchange, operation):
        described = operation["responses"].get(str(exchange.status))
        if described is None:
            return ["the status is not described"]
        described = self.resolved(described)
        faults = self.faults_of_headers(exchange, described)
        if exchange.status >= 400:
            return faults + self.faults_of_problem(exchange)
        if "content" not in described:
            return faults + (["a body is not described"] if exchange.answered else [])
        return faults + self.faults_of_content("the answer", exchange.answered_with, exchange.answered, described["content"])

    def faults_of_headers(self, exchange, described):
        faults, known = [], {name.lower(): self.resolved(each) for name, each in described.get("headers", {}).items()}
        for name, each in known.items():
            value = exchange.answered_with.get(name)
            if value is None:
                faults += [f"the answer has no {name}"] if each.get("required") else []
            else:
                is_number = each["schema"].get("type") == "integer" and value.isdigit()
                faults += [f"{name}: {mistake}" for mistake in self.mistakes(int(value) if is_number else value,
                                                                            each["schema"])]
        undescribed = (HEADERS_TO_BE_DESCRIBED & set(exchange.answered_with)) - set(known)
        return faults + [f"{name} is not described" for name in undescribed]
