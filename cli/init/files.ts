import { relative, sep } from 'node:path'
import { ConfigError } from '../../core/model/errors.ts'
import { isObject } from '../../core/model/values.ts'
import { declarations } from '../../core/settings.ts'
import { LOCAL_SETTINGS, valuesIn } from '../local-settings.ts'

export const PARAMETERS = 'infra/azuredeploy.parameters.json'
export const CONFIG = 'waxseal.config.json'

/** A file as it is and as it is to be. */
export interface Change {
  readonly path: string
  readonly before: string | undefined
  readonly after: string
  /** Values that must not be shown. */
  readonly secrets: readonly string[]
}

export type Answers = Readonly<Record<string, string>>

/** What every local host needs, besides what was asked. */
const HOST = {
  FUNCTIONS_WORKER_RUNTIME: 'node',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
  POLL_SCHEDULE: '0 */5 * * * *',
}
/** Names whose values anybody may see; whatever else stands in the file may be a secret. */
const HARMLESS = new Set(
  [...Object.keys(declarations), ...Object.keys(HOST), 'AZURE_CLIENT_ID'].filter(
    name => !/SECRET$|_URL$/.test(name),
  ),
)

/** `local.settings.json`: answers go over what is there, everything else stays. */
export function localSettings(before: string | undefined, answers: Answers): Change {
  const values = before === undefined ? {} : valuesIn(before, LOCAL_SETTINGS)
  const file = before === undefined ? { IsEncrypted: false } : (JSON.parse(before) as object)
  const Values = { ...(before === undefined && HOST), ...values, ...answers }
  const secrets = [...Object.entries(values), ...Object.entries(Values)].flatMap(([name, value]) =>
    typeof value === 'string' && !(HARMLESS.has(name) && isShown(name, value)) ? [value] : [],
  )
  return { path: LOCAL_SETTINGS, before, after: text({ ...file, Values }), secrets }
}

/** A connection string holds the key of an account; that of Azurite is everybody's. */
function isShown(name: string, value: string): boolean {
  return name !== 'AzureWebJobsStorage' || /^UseDevelopmentStorage=true;?$/i.test(value)
}

/** Parameters of the deployment. Secrets are no part of it: they are typed when it is deployed. */
export function parameters(before: string | undefined, answers: Answers): Change {
  const file = before === undefined ? {} : objectIn(before, PARAMETERS)
  const given = isObject(file.parameters) ? file.parameters : {}
  const own = Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, { value }]))
  const after = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
    contentVersion: '1.0.0.0',
    ...file,
    parameters: { ...given, ...own },
  }
  return { path: PARAMETERS, before, after: text(after), secrets: [] }
}

/** The file that tunes, with the line that lets editors complete it. `root`: where Waxseal itself lies. */
export function config(before: string | undefined, folder: string, root: string): Change {
  const file = before === undefined ? {} : objectIn(before, CONFIG)
  const path = relative(folder, root).split(sep).join('/')
  const $schema = `${path === '' ? '.' : path}/waxseal.config.schema.json`
  const after = file.$schema === undefined ? text({ $schema, ...file }) : (before ?? '')
  return { path: CONFIG, before, after, secrets: [] }
}

function objectIn(before: string, path: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(before)
    if (isObject(read)) return read
  } catch {
    // Told below.
  }
  throw new ConfigError([`${path} is not a JSON object; correct it, or move it away.`])
}

const text = (value: object) => `${JSON.stringify(value, null, 2)}\n`
