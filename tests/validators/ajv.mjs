// Prints for each reader of YAML in JavaScript the names of the files that Ajv refuses: `reader<tab>file`.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import { CORE_SCHEMA, load } from "js-yaml";
import { parse } from "yaml";

const [schemaFile, folder] = process.argv.slice(2);
// A date of JavaScript is a mapping to every validator, so readers that make them are told not to.
const withoutDates = (tags) => tags.filter((tag) => tag.tag !== "tag:yaml.org,2002:timestamp");
const readers = {
  "js-yaml": (text) => load(text, { schema: CORE_SCHEMA }),
  yaml: (text) => parse(text),
  "yaml 1.1": (text) => parse(text, { version: "1.1", customTags: withoutDates }),
};
const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")));
for (const file of readdirSync(folder)) {
  const text = readFileSync(join(folder, file), "utf8");
  for (const [name, read] of Object.entries(readers)) {
    if (!validate(read(text))) console.log(`${name}\t${file}`);
  }
}
