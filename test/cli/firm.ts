import { expect } from 'vitest'
import { startTenant, type Tenant, type TenantOptions } from '../../emulator/index.ts'
import { DOMAIN } from './break-in.ts'
import type { Ended, Surroundings } from './command.ts'

/** A tenant, and what it takes to watch it. */
export interface Firm {
  readonly tenant: Tenant
  /** Nothing but the settings, and the time it is there. */
  surroundings(): Surroundings
  /** For the tenant, and for the commands that are started from now on. */
  pass(ms: number): void
  /** Cards the receiver took, oldest first. */
  cards(): PostedCard[]
  /** Fails if the output of a command tells what only we and the tenant should know. */
  checkSecrets(ended: Pick<Ended, 'stdout' | 'stderr'>): void
  stop(): Promise<void>
}

export interface PostedCard {
  readonly incident: string
  /** Without the time it was posted. */
  readonly text: string
}

/** The clock runs from now on; `settings` go over those that the command needs. */
export async function startFirm(
  options: TenantOptions = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<Firm> {
  let laterMs = 0
  const tenant = await startTenant({ clock: { now: () => Date.now() + laterMs }, ...options })
  const env = {
    AZURE_TENANT_ID: tenant.tenantId,
    MANAGEMENT_API_URL: tenant.managementUrl,
    IDENTITY_ENDPOINT: tenant.identityEndpoint,
    IDENTITY_HEADER: tenant.identityHeader,
    TEAMS_WEBHOOK_URL: tenant.teamsUrl,
    INTERNAL_DOMAINS: DOMAIN,
    ...settings,
  }
  const teams = new URL(tenant.teamsUrl)
  const secrets = [tenant.identityHeader, teams.pathname.split('/').at(-1), teams.searchParams.get('sig')]
  return {
    tenant,
    surroundings: () => (laterMs === 0 ? { env } : { env, laterMs }),
    pass(ms) {
      laterMs += ms
    },
    cards: () =>
      tenant.cards().map(({ content }) => {
        const text = JSON.stringify(content).replace(/posted [^·"]*UTC/, '')
        return { incident: /Incident ([\w-]+)/.exec(text)?.[1] ?? '', text }
      }),
    checkSecrets({ stdout, stderr }) {
      for (const secret of secrets) expect(stdout + stderr).not.toContain(secret)
      // A token of the emulator, and a signature.
      expect(stdout + stderr).not.toMatch(/[\w-]{43}/)
    },
    stop: tenant.stop,
  }
}
