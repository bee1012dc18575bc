import { readFileSync } from 'node:fs'
import { type Deployed, type Deployment, deploy } from './arm/deploy.ts'
import type { Template } from './arm/evaluate.ts'

export const TEXT = readFileSync(new URL('../../infra/azuredeploy.json', import.meta.url), 'utf8')
export const template: Template = JSON.parse(TEXT)

/** Values that no expression of the template makes up by itself. */
export const SECRETS = {
  teamsWebhookUrl: 'https://flows.example/workflows/1?sig=teams-secret',
  webhookUrl: 'https://hooks.example/in/webhook-secret-path',
  webhookSecret: `whsec_${Buffer.from('thirty-two bytes of a test key!!').toString('base64')}`,
}
const MAIL = { alertEmail: 'operator@msp.example' }

/** What people deploy: with nothing but an address, with Teams, with everything. */
export const CASES = {
  bare: MAIL,
  teams: { ...MAIL, teamsWebhookUrl: SECRETS.teamsWebhookUrl },
  full: {
    ...MAIL,
    ...SECRETS,
    appName: 'waxseal-birchwood',
    location: 'northeurope',
    cloud: 'gcc',
    tenantName: 'Birchwood',
    internalDomains: 'birchwood.example,birchwood.test',
    contentTypes: 'Audit.Exchange',
    publisherId: '0d3b7f52-64f0-4a52-9d58-6e1c1f1d5a11',
    graphActivityUrl: 'https://birchwoodlogs.blob.core.example',
    pollSchedule: '0 */10 * * * *',
    nodeVersion: '22',
    instanceMemoryMB: 2048,
    maximumInstanceCount: 5,
    logDailyCapGb: '1',
    logRetentionDays: 90,
    silentFor: 'PT2H',
  },
} as const
export type Case = keyof typeof CASES
export const NAMES = Object.keys(CASES) as Case[]

export const deployed = (name: Case): Deployment => deploy(template, CASES[name])

export function ofType({ resources }: Deployment, type: string): Deployed[] {
  return resources.filter(resource => resource.type === type)
}

/** The only resource of a type. */
export function only(deployment: Deployment, type: string): Deployed {
  const [first, ...more] = ofType(deployment, type)
  if (first === undefined || more.length > 0) throw new Error(`${1 + more.length} resources of ${type}`)
  return first
}

/** The settings of the app, as the code will see them: references to Key Vault are answered. */
export function settingsOf(deployment: Deployment): Record<string, string> {
  const { properties } = only(deployment, 'Microsoft.Web/sites/config') as {
    properties?: Record<string, string>
  }
  const secrets = new Map(
    ofType(deployment, 'Microsoft.KeyVault/vaults/secrets').map(({ name, properties }) => {
      const [vault, secret] = name.split('/')
      const uri = `https://${vault}.vault.azure.net/secrets/${secret}`
      return [
        String(`@Microsoft.KeyVault(SecretUri=${uri})`),
        (properties as { value: string }).value,
      ] as const
    }),
  )
  return Object.fromEntries(
    Object.entries(properties ?? {}).map(([name, value]) => [name, secrets.get(value) ?? value]),
  )
}
