import { describe, expect, it } from 'vitest'
import { delayIn, readErrorBody } from './error-body.ts'

it.each([
  ['{"error":{"code":"AF20022","message":"No subscription found."}}', 'AF20022', 'No subscription found.'],
  [
    "{'error':{'code':'AF429','message':'Too many requests. Method=GetBlob, PublisherId=0'}}",
    'AF429',
    'Too many requests. Method=GetBlob, PublisherId=0',
  ],
  ["{ 'error': { 'message': 'You can't have it', 'code': 'AF20020' } }", 'AF20020', "You can't have it"],
  ['{"error":{"code":429,"message":"Slow"}}', '429', 'Slow'],
  [
    '{"Message":"Authorization has been denied for this request."}',
    undefined,
    'Authorization has been denied for this request.',
  ],
  ['{"code":"AF50000","message":"Oops"}', 'AF50000', 'Oops'],
  [
    '{"error":"invalid_request","error_description":"AF20001: contentType is missing"}',
    'AF20001',
    'AF20001: contentType is missing',
  ],
  ['"AF20050: gone"', 'AF20050', 'AF20050: gone'],
  [
    'AF10001: The permission set () sent in the request did not include the expected permission.',
    'AF10001',
    'AF10001: The permission set () sent in the request did not include the expected permission.',
  ],
  ['<html><head><title>502 Bad Gateway</title></head></html>', undefined, 'an HTML page'],
  ['<!DOCTYPE html>\n<p>503', undefined, 'an HTML page'],
  ['two\r\nlines', undefined, 'two lines'],
  ['[]', undefined, '[]'],
  ['null', undefined, 'null'],
  ['', undefined, undefined],
])('%s', (body, code, text) => {
  expect(readErrorBody(body)).toEqual({ code, text })
})

it('shows at most 200 characters of it', () => {
  expect(readErrorBody('x'.repeat(5000)).text).toHaveLength(200)
})

describe('a delay', () => {
  it.each([
    ['Too many frequent subscription start requests. Please retry again after 14m 56s.', 896_000],
    ['Please retry after 56s', 56_000],
    ['retry after 1h 2m 3s', 3_723_000],
    ['Please try again in 14 minutes and 5 seconds', 845_000],
    ['An internal error occurred. Retry in an hour.', 3_600_000],
    ['retry in a minute', 60_000],
    ['retry after 3 systems', undefined],
    ['retry the request', undefined],
    ['the range must be within 24 hours, and not older than 7 days', undefined],
  ])('%s', (text, ms) => {
    expect(delayIn(text)).toBe(ms)
  })
})
