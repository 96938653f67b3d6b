export {
  callback,
  callbackHandover,
  callbackTry,
  question,
  questionAnswer,
  questionPolicy,
  questionStep,
  routing,
} from './tables.ts'
