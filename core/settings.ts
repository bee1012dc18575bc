import * as z from 'zod'
import { doctorSettings } from './doctor/settings.ts'
import { graphSettings } from './feeds/graph/settings.ts'
import { activitySettings } from './feeds/graph-activity/settings.ts'
import { feedSettings } from './feeds/management/settings.ts'
import { distance } from './model/distance.ts'
import { ConfigError } from './model/errors.ts'
import { pipelineSettings } from './pipeline/settings.ts'
import { sinkSettings } from './sinks/settings.ts'
import { storageSettings } from './stores/settings.ts'

/** Every setting, declared beside the code that uses it. */
export const declarations = {
  ...feedSettings,
  ...graphSettings,
  ...activitySettings,
  ...storageSettings,
  ...sinkSettings,
  ...pipelineSettings,
  ...doctorSettings,
} as const

const schema = z.object(declarations)

export type Settings = z.infer<typeof schema>

/**
 * Reads settings from an environment. Throws one `ConfigError` with every problem there is, each naming its setting
 * and never a value that may be secret.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.keys(declarations).flatMap(name => {
      const value = environment[name]?.trim()
      return value === undefined || value === '' ? [] : [[name, value]]
    }),
  )
  const read = schema.safeParse(given)
  const problems = [
    ...(read.error?.issues.map(({ path, message }) => `${path.join('.')} ${message.replace(/\.+$/, '')}.`) ??
      []),
    ...storageProblems(given),
    ...misspelt(environment),
  ]
  if (!read.success || problems.length > 0) throw new ConfigError(problems)
  return read.data
}

/** The tenant's domains alone, for commands that need no tenant. Throws `ConfigError` like `readSettings`. */
export function readDomains(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const read = pipelineSettings.INTERNAL_DOMAINS.safeParse(environment.INTERNAL_DOMAINS ?? '')
  if (read.success) return read.data
  throw new ConfigError(read.error.issues.map(({ message }) => `INTERNAL_DOMAINS ${message}.`))
}

function storageProblems(given: Readonly<Record<string, unknown>>): string[] {
  if (given.AzureWebJobsStorage !== undefined) return []
  const identity = ['AzureWebJobsStorage__tableServiceUri', 'AzureWebJobsStorage__queueServiceUri']
  const missing = identity.filter(name => given[name] === undefined)
  if (missing.length === 0) return []
  return missing.length === identity.length
    ? [
        'AzureWebJobsStorage is missing; set a connection string, or the two service addresses for an identity.',
      ]
    : [`${missing.join(', ')} is missing; an identity needs both service addresses.`]
}

/** A setting of ours misspelt would be ignored in silence, and the tool would look configured. */
function misspelt(environment: Readonly<Record<string, string | undefined>>): string[] {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')
  const known = Object.keys(declarations)
  return Object.keys(environment).flatMap(name => {
    if (name in declarations) return []
    const meant = known.find(other => !environment[other] && distance(plain(name), plain(other), 1) <= 1)
    return meant === undefined ? [] : [`${name.slice(0, 80)} is not a setting; it is spelt ${meant}.`]
  })
}
