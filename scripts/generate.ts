import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { detections } from '../core/detections/index.ts'
import { jsonSchema } from '../core/tuning/json-schema.ts'
import { costPage } from './cost-page.ts'
import { detectionsPage } from './detections-page/page.ts'
import { huntingPage } from './hunting-page.ts'
import { operationsPage } from './operations-page.ts'
import { settingsPage } from './settings-page.ts'

/** A file that is written from the code. A test compares it with what would be written now. */
export interface Generated {
  /** From the root of the project. */
  readonly path: string
  content(): string
}

export const GENERATED: readonly Generated[] = [
  { path: 'docs/detections.md', content: detectionsPage },
  { path: 'docs/operations.md', content: operationsPage },
  { path: 'docs/hunting.md', content: huntingPage },
  { path: 'docs/cost.md', content: costPage },
  { path: 'docs/settings.md', content: settingsPage },
  {
    path: 'waxseal.config.schema.json',
    content: () => `${JSON.stringify(jsonSchema(detections), null, 2)}\n`,
  },
]

if (import.meta.main)
  for (const { path, content } of GENERATED) {
    const file = join(import.meta.dirname, '..', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content())
    console.log(`Wrote ${path}`)
  }
