import { app } from '@azure/functions'
import { INGEST_QUEUE } from '../core/app.ts'
import { readMessage } from '../core/pipeline/messages.ts'
import { minutes, theApp } from './app.ts'

app.storageQueue('ingest', {
  queueName: INGEST_QUEUE,
  connection: 'AzureWebJobsStorage',
  handler: async (entry, context) => {
    const report = await theApp().ingest(readMessage(entry), minutes(8), context)
    context.info(
      `Read ${report.records} records of ${report.blobs} blobs; ${report.findings.length} findings stand.`,
    )
  },
})
