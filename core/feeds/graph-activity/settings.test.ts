import { describe, expect, it } from 'vitest'
import { activitySettings } from './settings.ts'

const { GRAPH_ACTIVITY_CONNECTION_STRING, GRAPH_ACTIVITY_URL } = activitySettings
const problems = (setting: typeof GRAPH_ACTIVITY_URL, value: string) =>
  setting.safeParse(value).error?.issues.map(({ message }) => message)

describe('the address', () => {
  it.each([
    'https://logs.blob.core.example',
    'https://logs.blob.core.example/',
    'https://logs.blob.core.example/insights-logs-microsoftgraphactivitylogs',
  ])('may be %s', value => {
    expect(GRAPH_ACTIVITY_URL.parse(value)).toBe(value)
  })

  it.each([
    ['http://logs.blob.core.example', 'https'],
    ['logs', 'https'],
    ['https://me:secret@logs.blob.core.example', 'https'],
    ['https://logs.blob.core.example/?sv=2024&sig=secret', 'take away'],
    ['https://logs.blob.core.example/container/folder', 'no folder'],
  ])('may not be %s', (value, words) => {
    const [message] = problems(GRAPH_ACTIVITY_URL, value) ?? []
    expect(message).toContain(words)
    expect(message).not.toContain('secret')
  })
})

describe('the connection string', () => {
  const KEY = 'AccountName=logs;AccountKey=c2VjcmV0'
  it.each([
    'UseDevelopmentStorage=true',
    `DefaultEndpointsProtocol=https;${KEY};EndpointSuffix=core.example`,
    `DefaultEndpointsProtocol=http;${KEY};BlobEndpoint=http://127.0.0.1:10000/logs`,
    'BlobEndpoint=https://logs.blob.core.example;SharedAccessSignature=sv=2024&sig=secret',
  ])('may be %s', value => {
    expect(problems(GRAPH_ACTIVITY_CONNECTION_STRING, value)).toBeUndefined()
  })

  it.each([
    ['secret', 'Access keys'],
    [KEY, 'Access keys'],
    ['BlobEndpoint=https://logs.blob.core.example', 'Access keys'],
    [`DefaultEndpointsProtocol=http;${KEY}`, 'https://'],
    [`DefaultEndpointsProtocol=https;${KEY};BlobEndpoint=http://logs.example`, 'https://'],
    [`DefaultEndpointsProtocol=https;${KEY};BlobEndpoint=logs`, 'plain http or https'],
  ])('may not be %s', (value, words) => {
    const [message] = problems(GRAPH_ACTIVITY_CONNECTION_STRING, value) ?? []
    expect(message).toContain(words)
    expect(message).not.toMatch(/secret|c2Vj/)
  })
})
