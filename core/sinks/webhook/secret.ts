/** Standard Webhooks 1.0: 24 to 64 random bytes. */
const FEWEST_BYTES = 24
const MOST_BYTES = 64

const HOW = 'Make one with: echo "whsec_$(openssl rand -base64 32)"'

/** Says what is wrong with a signing secret, without quoting it. `undefined` where nothing is. */
export function secretProblem(secret: string, setting = 'WEBHOOK_SECRET'): string | undefined {
  if (!secret.startsWith('whsec_')) return `${setting} has to start with whsec_. ${HOW}`
  const base64 = secret.slice('whsec_'.length)
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) {
    return `${setting} is not base64 after whsec_. ${HOW}`
  }
  const bytes = Buffer.from(base64, 'base64').length
  if (bytes < FEWEST_BYTES || bytes > MOST_BYTES) {
    return `${setting} holds ${bytes} bytes; ${FEWEST_BYTES} to ${MOST_BYTES} are allowed. ${HOW}`
  }
  return undefined
}

/** Two secrets with a blank between them are the old and the new one during a change; both sign. */
export function splitSecrets(setting: string): readonly string[] {
  return setting.split(/\s+/).filter(part => part !== '')
}
