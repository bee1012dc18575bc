import * as z from 'zod'
import type { Detection } from '../model/detection.ts'
import { configSchema } from './schema.ts'

/** The JSON schema of the file, with which editors complete and check it. What spans two fields only the program checks. */
export function jsonSchema(detections: readonly Detection[]): object {
  const { $schema, ...rest } = z.toJSONSchema(configSchema(detections), { io: 'input' })
  return {
    $schema,
    title: 'waxseal.config.json',
    description: 'Tunes what Waxseal recognises, and allows findings until a day. docs/tuning.md tells more.',
    ...rest,
  }
}
