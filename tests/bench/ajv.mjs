// Checks the shape of every manifest in a folder with Ajv as a library; prints how many it refuses.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import { CORE_SCHEMA, load } from "js-yaml";

const [schemaFile, folder] = process.argv.slice(2);
const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")));
let refused = 0;
for (const file of readdirSync(folder)) {
  try {
    if (!validate(load(readFileSync(join(folder, file), "utf8"), { schema: CORE_SCHEMA }))) refused += 1;
  } catch {
    refused += 1;
  }
}
console.log(refused);
