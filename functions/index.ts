/** The entry point of the deployed app: each import registers one function. */
import './deliver.ts'
import './health.ts'
import './ingest.ts'
import './observe.ts'
import './poll.ts'
import './quarantine.ts'
import './sweep.ts'
