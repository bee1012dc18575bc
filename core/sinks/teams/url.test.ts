import { describe, expect, it } from 'vitest'
import { checkTeamsUrl } from './url.ts'

const SIG = 'sig=S3cr3tSignature'
const FLOW = `https://default0a.1b.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/w/triggers/manual/paths/invoke?api-version=1&${SIG}`

const problem = (text: string): string => {
  const check = checkTeamsUrl(text)
  return check.ok ? '' : check.problem
}
const warnings = (text: string): readonly string[] => {
  const check = checkTeamsUrl(text)
  return check.ok ? check.warnings : ['refused']
}

describe('checkTeamsUrl', () => {
  it('takes a workflow address, an unknown host and a loopback one', () => {
    expect(warnings(FLOW)).toEqual([])
    expect(warnings(`https://hooks.newname.example/x?${SIG}`)).toEqual([])
    expect(warnings('http://127.0.0.1:7071/teams')).toEqual([])
    expect(warnings('http://[::1]:7071/teams')).toEqual([])
    expect(warnings('http://localhost/teams')).toEqual([])
  })

  it('refuses what cannot work', () => {
    expect(problem('not a url')).toMatch(/^TEAMS_WEBHOOK_URL is not a web address/)
    expect(problem('ftp://x.example')).toMatch(/not a web address/)
    expect(problem(`http://flows.example/x?${SIG}`)).toMatch(/use https/)
    expect(problem('http://127.0.0.1.evil.example/')).toMatch(/use https/)
    expect(problem('https://user:pw@flows.example/')).toMatch(/user name or password/)
  })

  it('refuses retired connectors and says what to make instead', () => {
    expect(problem('https://birchwood.webhook.office.com/webhookb2/x')).toMatch(/retired.*Workflows/)
    expect(warnings(`https://notwebhook.office.com.example/x?${SIG}`)).toEqual([])
  })

  it('warns of the old host and of a missing signature', () => {
    expect(warnings(`https://prod-01.westeurope.logic.azure.com/workflows/x?${SIG}`)).toEqual([
      expect.stringContaining('logic.azure.com'),
    ])
    expect(warnings('https://flows.example/x')).toEqual([expect.stringContaining('Anyone')])
  })

  it('never repeats the address', () => {
    for (const text of [
      FLOW,
      `http://flows.example/p4th?${SIG}`,
      `https://x.webhook.office.com/p4th?${SIG}`,
    ]) {
      expect(JSON.stringify(warnings(text)) + problem(text)).not.toMatch(/S3cr3t|p4th/)
    }
  })
})
