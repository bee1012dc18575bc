import * as z from 'zod'
import { doctorSettings } from '../core/doctor/settings.ts'
import { graphSettings } from '../core/feeds/graph/settings.ts'
import { activitySettings } from '../core/feeds/graph-activity/settings.ts'
import { feedSettings } from '../core/feeds/management/settings.ts'
import { pipelineSettings } from '../core/pipeline/settings.ts'
import { declarations } from '../core/settings.ts'
import { sinkSettings } from '../core/sinks/settings.ts'
import { storageSettings } from '../core/stores/settings.ts'
import { table, words } from './detections-page/markdown.ts'

type Declarations = Readonly<Record<string, z.ZodType>>

const CHAPTERS: readonly (readonly [title: string, settings: Declarations])[] = [
  ['The tenant and its audit feed', feedSettings],
  ['Microsoft Graph', graphSettings],
  ['The log of Graph requests', activitySettings],
  ['Storage', storageSettings],
  ['Receivers of alerts', sinkSettings],
  ['The pipeline', pipelineSettings],
  ['Credentials that end', doctorSettings],
]

/** `docs/settings.md`, from the declarations that the code reads its settings by. */
export function settingsPage(): string {
  const shown = new Set(CHAPTERS.flatMap(([, settings]) => Object.keys(settings)))
  const rest = Object.entries(declarations).filter(([name]) => !shown.has(name))
  const chapters = rest.length === 0 ? CHAPTERS : [...CHAPTERS, ['More', Object.fromEntries(rest)] as const]
  return `# Settings

Environment variables, or values of \`local.settings.json\` under \`Values\`, or the settings of the function app. An empty value counts
as not set. Start-up reports every wrong one at once, by name. What tunes detections stands in \`waxseal.config.json\`: see
[tuning.md](tuning.md). This page is written by \`npm run generate\`.

${chapters.map(([title, settings]) => `## ${title}\n\n${settingsTable(settings)}`).join('\n\n')}

## Credentials

Those of the Azure SDK, read by it: \`AZURE_CLIENT_ID\` with \`AZURE_CLIENT_SECRET\` or \`AZURE_CLIENT_CERTIFICATE_PATH\`, a managed identity
(\`AZURE_CLIENT_ID\` names a user-assigned one), or whatever the machine is signed in with. \`AZURE_AUTHORITY_HOST\` for other clouds.
`
}

function settingsTable(settings: Declarations): string {
  return table(
    ['setting', 'default', 'what'],
    Object.entries(settings).map(([name, schema]) => [
      `\`${name}\``,
      defaultOf(schema),
      words(schema.description ?? ''),
    ]),
  )
}

function defaultOf(schema: z.ZodType): string {
  const { default: given } = z.toJSONSchema(schema, { io: 'input' })
  if (given !== undefined && given !== '') return `\`${String(given)}\``
  return schema.safeParse(undefined).success ? 'none' : 'must be set'
}
