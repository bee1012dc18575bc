import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { detections } from '../core/detections/index.ts'
import { jsonSchema } from '../core/tuning/json-schema.ts'

const ROOT = join(import.meta.dirname, '..')

/** Files that are made from the sources and kept beside them, by their path: a test compares each with what is kept. */
export const generated: Readonly<Record<string, () => string>> = {
  'waxseal.config.schema.json': () => `${JSON.stringify(jsonSchema(detections), null, 2)}\n`,
}

if (import.meta.main)
  for (const [path, make] of Object.entries(generated)) {
    await writeFile(join(ROOT, path), make())
    console.log(`Written: ${path}`)
  }
