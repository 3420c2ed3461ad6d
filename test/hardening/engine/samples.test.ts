import { App } from 'aws-cdk-lib';
import { RECOMMENDED_FLAGS } from '../../support/apps';
import { SAMPLES } from '../samples/all';

beforeAll(() => {
  process.env.JSII_DEPRECATED = 'quiet'; // authors use what is deprecated
  process.env.overrideWarningsEnabled = 'false'; // AWS Solutions Constructs would print what the author changed
});

test('there are enough of them, of one name each', () => {
  expect(SAMPLES.length).toBeGreaterThanOrEqual(30);
  expect(new Set(SAMPLES.map(({ name }) => name)).size).toBe(SAMPLES.length);
});

describe.each([['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]])('with %s', (_, flags) => {
  test.each(SAMPLES)('$name synthesizes as its author wrote it', ({ build }) => {
    const app = new App({ analyticsReporting: false, context: { ...flags, '@aws-cdk/core:failSynthOnValidationErrors': false } });
    build(app);
    expect(app.synth().stacksRecursively.length).toBeGreaterThan(0);
  });
});
