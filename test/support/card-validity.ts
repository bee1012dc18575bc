import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import type { AdaptiveCard } from '../../core/sinks/teams/adaptive-card.ts'

interface ValidationEvent {
  readonly message: string
}

interface Library {
  readonly SerializationContext: new () => {
    readonly eventCount: number
    getEventAt(index: number): ValidationEvent
  }
  readonly AdaptiveCard: new () => {
    parse(json: unknown, context: unknown): void
    validateProperties(): { readonly validationEvents: readonly ValidationEvent[] }
  }
}

// The package's main does not load in Node; its browser build does, without a document.
const library: Library = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js')

/** What Microsoft's own renderer finds wrong: unknown elements, bad values, missing urls. */
export function rendererProblems(card: unknown): string[] {
  const context = new library.SerializationContext()
  const parsed = new library.AdaptiveCard()
  parsed.parse(card, context)
  const events = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i))
  return [...events, ...parsed.validateProperties().validationEvents].map(event => event.message)
}

const SCHEMA = new URL('../../../shared/data/adaptive-card-schema/1.5.0.json', import.meta.url)

/**
 * What the official 1.5.0 schema finds wrong, unknown properties included. `undefined` on a machine without the
 * schema: npm has no package with it.
 */
export function makeSchemaCheck(): ((card: AdaptiveCard) => string[]) | undefined {
  if (!existsSync(SCHEMA)) return undefined
  // ajv 8 knows neither `id` nor draft 6; nothing in the file needs either.
  const { id: _id, $schema: _draft, ...schema } = JSON.parse(readFileSync(SCHEMA, 'utf8'))
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema)
  return ({ msteams: _teams, ...card }) =>
    validate(card) ? [] : (validate.errors ?? []).map(error => `${error.instancePath} ${error.message}`)
}
