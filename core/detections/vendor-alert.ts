import { defineDetection } from '../model/detection.ts'
import { text } from '../model/values.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { vendorAlert } from './kit/vendor-alerts.ts'
import { names, when } from './kit/words.ts'

export default defineDetection({
  id: 'vendor-alert',
  title: 'Microsoft’s own alert about mail',
  attack: ['T1114'],
  reads: ['AlertTriggered', 'AlertEntityGenerated'],
  about: 'mailbox',
  terms: [
    single('high', 'alerts of Microsoft’s own that we hold for grave', 'high'),
    single('medium', 'alerts of Microsoft’s own about mail taken or forwarded', 'medium'),
    single('low', 'alerts of Microsoft’s own about what is on record and judged anyway', 'low'),
  ],

  // One alert comes as a record of itself and one for each entity, of which only some name the person: its id joins them.
  *signals({ body }) {
    const alert = vendorAlert(body)
    if (alert === undefined) return
    const { name, severity, user } = alert
    const id = text(body.AlertId)?.slice(0, 60) ?? user ?? ''
    yield { key: [name, id], measure: severity, members: [id], mailbox: user }
  },

  headline: ({ key }) => {
    const [name] = key
    return `Microsoft: ${name.length > 48 ? `${name.slice(0, 47).trimEnd()}…` : name}`
  },

  sentence: finding => {
    const about = finding.mailboxes.length > 0 ? ` about ${names(finding.mailboxes)}` : ''
    return (
      `${when(finding.start, finding.end)} Microsoft raised its alert "${finding.key[0]}"${about}.` +
      ' Its own severity is often informational; where nobody watches the portal, it is worth a phone call.'
    )
  },

  triage: [
    'Phone whoever the alert is about: do they know of it?',
    'Open it in the Defender portal (Incidents & alerts), where it says what was done and when.',
    'If it cannot be explained: block sign-in, revoke sessions, reset the password, check rules and app consents.',
  ],
  notKnown: 'What exactly was done: the alert names the rule that fired, not the change.',
  falsePositives: ['Everything the alert itself takes for suspicious: new rules, legal exports, new apps'],
  notCovered: [
    'Alert policies your licence does not include, or that somebody switched off',
    'Risk detections of Entra and alerts of other products: they come by other feeds',
  ],
  references: [technique('T1114'), { title: 'Microsoft: alert policies in the Defender portal' }],
  covers: [
    'SigmaHQ: PST Export Alert Using eDiscovery Alert; Suspicious Inbox Forwarding',
    'Splunk: O365 PST export alert; O365 Email Suspicious Behavior Alert (forwarding)',
    'Splunk: O365 Security And Compliance Alert Triggered (mail only)',
  ],
})
