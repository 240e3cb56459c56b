"""Writes, builds and runs the program that makes the calls of a generated client."""

import json
import os
import pathlib
import re
import shutil
import subprocess

from document import METHODS

HERE = pathlib.Path(__file__).parent
KEYWORDS = set(
    "abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if "
    "impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true try "
    "type typeof unsafe unsized use virtual where while yield".split()
)


def words(name):
    """Returns the words of a name, as the generator divides it."""
    for part in re.split(r"[\W_]+", name):
        start, mode = 0, None
        for index, (now, after) in enumerate(zip(part, part[1:] + " ")):
            follows = "lower" if now.islower() else "upper" if now.isupper() else mode
            if follows == "lower" and after.isupper():
                yield part[start : index + 1]
                start, mode = index + 1, None
            elif mode == "upper" and now.isupper() and after.islower():
                yield part[start:index]
                start, mode = index, follows
            else:
                mode = follows
        if part[start:]:
            yield part[start:]


def field(name):
    """Returns the name of the setter of a property or parameter."""
    snake = "_".join(words(name.replace("'", ""))).lower()
    if snake in KEYWORDS:
        return snake + "_"
    return "_" + snake if snake[:1].isdigit() else snake


class Program:
    """The program for a client: `spec` is the house spec that `cargo xtask import` has made."""

    def __init__(self, spec, workspace, name):
        self.spec, self.workspace, self.package = spec, workspace, f"{name}-client"
        self.schemas = spec["components"]["schemas"]
        self.crate = workspace / "crates" / self.package
        self.process = None

    def type_of(self, schema):
        """Returns the type in Rust that a setter takes."""
        if "allOf" in schema:
            schema = schema["allOf"][0]
        if "$ref" in schema:
            return "types::" + schema["$ref"].rsplit("/", 1)[1]
        kind = schema.get("type")
        if kind == "array":
            return f"Vec<{self.type_of(schema['items'])}>"
        if kind == "object":
            more = schema.get("additionalProperties")
            return f"BTreeMap<String, {self.type_of(more)}>" if more and more is not True else "Map<String, Value>"
        if kind == "string" and schema.get("format") == "binary":
            return "File"
        return {"integer": "i64", "number": "f64", "boolean": "bool", "string": "String"}.get(kind, "Value")

    def fields(self, properties):
        lines = (f'    "{escaped(name)}" => {field(name)}: {self.type_of(one)},' for name, one in properties)
        return "{\n" + "\n".join(lines) + "\n}"

    def operations(self):
        """Returns the operations of the spec: `(path, method, operation)`."""
        return [
            (path, method, item[method])
            for path, item in self.spec["paths"].items()
            for method in METHODS
            if method in item
        ]

    def body(self, operation):
        """Returns the name and the schema of an operation's body, without a name if it is not an object of fields."""
        for media in (operation.get("requestBody") or {}).get("content", {}).values():
            name = media["schema"].get("$ref", "").rpartition("/")[2]
            return name, self.schemas[name] if name else media["schema"]
        return "", {}

    def sent_objects(self):
        """Returns the names of the schemas within requests, but for the bodies themselves."""
        todo, found = [self.body(one)[1] for _, _, one in self.operations()], []
        todo += [one["schema"] for _, _, operation in self.operations() for one in operation.get("parameters", [])]
        while todo:
            for name in re.findall(r'"#/components/schemas/(\w+)"', json.dumps(todo.pop())):
                if name not in found:
                    found.append(name)
                    todo.append(self.schemas[name])
        return found

    def source(self):
        """Returns the module `operations` of the program."""
        objects, functions, arms = [], [], []
        for name in self.sent_objects():
            schema = self.schemas[name]
            if "x-open-enum" in schema:
                wire = "i64" if schema["type"] == "integer" else "String"
                objects.append(
                    f"impl Read for types::{name} {{\n    fn read(value: &Value) -> Result<Self, String> {{\n"
                    f"        {wire}::read(value).map(Into::into)\n    }}\n}}"
                )
            else:
                objects.append(f"object!({name} {self.fields(schema['properties'].items())});")
        for _, _, operation in self.operations():
            id = operation["operationId"]
            parameters = [
                (one["name"], one["schema"]) for one in operation.get("parameters", []) if not is_constant(one)
            ]
            text = f"    let call = set!(client.{id}(), parameters, {self.fields(parameters)});\n"
            name, schema = self.body(operation)
            if name:
                properties = self.fields(schema["properties"].items())
                text += f"    let call = call.body(set!(types::{name}::builder(), body, {properties}));\n"
            elif operation.get("requestBody"):
                text += f"    let call = set!(call, root(body), {self.fields([('body', schema)])});\n"
            show = "as_bytes" if answer_of(operation)[1].get("format") == "binary" else "as_json"
            functions.append(
                f"async fn call_{id}(client: &Client, parameters: &Value, body: &Value) -> Result<Value, String> {{\n"
                f"{text}    Ok(result(call.send().await, {show}))\n}}"
            )
            arms.append(f'        "{id}" => Box::pin(call_{id}(client, parameters, body)).await,')
        template = (HERE / "operations.rs").read_text()
        return (
            template.replace("CRATE", self.package.replace("-", "_"))
            .replace("CREDENTIALS", self.credentials())
            .replace("        // ARMS", "\n".join(arms))
            + "\n"
            + "\n\n".join(objects + functions)
            + "\n"
        )

    def credentials(self):
        """Returns an expression with all credentials, as the generated constructor and setters take them."""
        code = (self.crate / "src/generated/client.rs").read_text()
        code = code[code.index("impl Credentials {") :]
        code = code[: code.index("\n}\n")]
        secrets = lambda arguments: ", ".join(['"a-secret-of-mine"'] * arguments.count("Secret>"))
        arguments = re.search(r"fn new\((.*?)-> Self", code, re.S)[1]
        text = f"Credentials::new({secrets(arguments)})"
        for name, arguments in re.findall(r"pub fn (with_\w+)\((.*?)-> Self", code, re.S):
            text += f".{name}({secrets(arguments)})"
        return text

    def build(self, target):
        """Compiles the program. Returns what the compiler says if it fails."""
        # Each client's example has a name of its own, because all are compiled into one folder.
        name = f"calls-of-{self.package}"
        example = self.crate / "examples" / name
        example.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "main.rs", example / "main.rs")
        (example / "operations.rs").write_text(self.source())
        manifest = self.crate / "Cargo.toml"
        text = manifest.read_text()
        if "[dev-dependencies]" not in text:
            tokio = '[dev-dependencies]\ntokio = { workspace = true, features = ["macros", "rt"] }\n\n[lints]'
            manifest.write_text(text.replace("[lints]", tokio))
        # The server is on this machine, so the program needs no TLS.
        command = [
            "cargo",
            "build",
            "--quiet",
            "--package",
            self.package,
            "--no-default-features",
            "--example",
            name,
        ]
        run = subprocess.run(
            command,
            cwd=self.workspace,
            capture_output=True,
            text=True,
            env=os.environ | {"CARGO_TARGET_DIR": str(target), "RUSTFLAGS": "-Cdebuginfo=0 -Awarnings"},
        )
        if run.returncode:
            return run.stderr[-6000:]
        self.binary = target / "debug/examples" / name
        return None

    def start(self, base_url):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen([self.binary, base_url], **pipes)

    def call(self, id, parameters, body):
        """Makes a call, and returns what it returned."""
        self.process.stdin.write(json.dumps({"id": id, "parameters": parameters, "body": body}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the program ended in a call of {id}")
        return json.loads(line)

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def escaped(name):
    return name.replace("\\", "\\\\").replace('"', '\\"')


def is_constant(parameter):
    """Returns whether the client supplies a parameter."""
    return parameter.get("required") and len(parameter["schema"].get("enum", [])) == 1


def answer_of(operation):
    """Returns the media type and the schema of a successful answer: `(None, {})` for one without a body."""
    for media, content in (operation["responses"]["2XX"].get("content") or {}).items():
        return media, content.get("schema") or {}
    return None, {}
