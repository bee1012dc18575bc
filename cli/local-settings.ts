import { readFileSync } from 'node:fs'
import { ConfigError } from '../core/model/errors.ts'
import { isObject } from '../core/model/values.ts'

export const LOCAL_SETTINGS = 'local.settings.json'

/**
 * Takes what `waxseal init` wrote, in the file that the Functions host reads as well; what the environment says comes first.
 * Azurite's usual address is left out: the command brings a storage of its own. Throws `ConfigError` for a file that is none.
 */
export function takeLocalSettings(
  environment: Record<string, string | undefined> = process.env,
  path = LOCAL_SETTINGS,
): void {
  for (const [name, value] of Object.entries(readLocalSettings(path)))
    if (typeof value === 'string' && value !== '' && !/^UseDevelopmentStorage=true;?$/i.test(value))
      environment[name] ||= value
}

/** `Values` of the file in the working directory; empty where there is none. */
function readLocalSettings(path: string): Readonly<Record<string, unknown>> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
  return valuesIn(text, path)
}

export function valuesIn(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    const file: unknown = JSON.parse(text)
    if (isObject(file) && isObject(file.Values ?? {})) return (file.Values ?? {}) as Record<string, unknown>
  } catch {
    // Not the parser's own message: it quotes the file, and secrets stand in it.
  }
  throw new ConfigError([`${path} is not JSON with an object "Values"; correct it, or move it away.`])
}
