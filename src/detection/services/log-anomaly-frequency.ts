/** How often CloudWatch looks for anomalies: at least as often as the log gets entries, or it learns too little. */
export enum LogAnomalyFrequency {
  /** Every 5 minutes: for functions that are called all the time. */
  FIVE_MINUTES = 'FIVE_MIN',
  /** Every 15 minutes. */
  FIFTEEN_MINUTES = 'FIFTEEN_MIN',
  /** Every hour: for functions that are called now and then. */
  ONE_HOUR = 'ONE_HOUR',
}
