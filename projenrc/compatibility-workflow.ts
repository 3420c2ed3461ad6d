import { javascript } from 'projen';
import { JobPermission } from 'projen/lib/github/workflows-model';

/** The whole of .ci/run on each Node version that the library declares. */
export function addCompatibilityWorkflow(project: javascript.NodeProject): void {
  const workflow = project.github?.addWorkflow('compatibility');
  workflow?.on({ pullRequest: {}, push: { branches: ['main'] }, workflowDispatch: {} });
  workflow?.addJob('ci', {
    runsOn: ['ubuntu-latest'],
    permissions: { contents: JobPermission.READ },
    strategy: { matrix: { domain: { node: ['22', '24'] } } },
    timeoutMinutes: 60,
    steps: [
      { name: 'Checkout', uses: 'actions/checkout@v4' },
      { name: 'Node', uses: 'actions/setup-node@v4', with: { 'node-version': '${{ matrix.node }}' } },
      { name: 'Python', uses: 'actions/setup-python@v5', with: { 'python-version': '3.12' } },
      { name: 'Java', uses: 'actions/setup-java@v4', with: { 'distribution': 'temurin', 'java-version': '17' } },
      { name: 'Go', uses: 'actions/setup-go@v5', with: { 'go-version': '1.25' } },
      { name: 'Run', run: '.ci/run' },
    ],
  });
}
