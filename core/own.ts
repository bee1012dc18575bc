import { OWN_APP, type OwnApp } from './observers/own-app.ts'
import type { Settings } from './settings.ts'
import type { State } from './stores/state.ts'
import type { Config } from './tuning/config.ts'

/** The application we run as: as the settings name it, and as our tokens do. */
export async function ownIds(
  state: State,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ReadonlySet<string>> {
  const known = await state.read<OwnApp>(OWN_APP)
  const { AZURE_CLIENT_ID } = environment
  return new Set([...(AZURE_CLIENT_ID ? [AZURE_CLIENT_ID.toLowerCase()] : []), ...(known?.ids ?? [])])
}

/** The organisation's own domains as somebody named them, in the settings or in the file. */
export function ownDomains(
  { INTERNAL_DOMAINS }: Pick<Settings, 'INTERNAL_DOMAINS'>,
  { internalDomains }: Pick<Config, 'internalDomains'>,
): string[] {
  return [...new Set([...INTERNAL_DOMAINS, ...internalDomains])]
}
