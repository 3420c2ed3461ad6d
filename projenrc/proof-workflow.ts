import { javascript } from 'projen';
import { JobPermission, JobStep } from 'projen/lib/github/workflows-model';

/** The tools that .ci/run wants beside Node, and the run itself. */
export const PROOF: readonly JobStep[] = [
  { name: 'Python', uses: 'actions/setup-python@v7.0.0', with: { 'python-version': '3.12' } },
  { name: 'Java', uses: 'actions/setup-java@v6.0.0', with: { 'distribution': 'temurin', 'java-version': '17' } },
  { name: '.NET', uses: 'actions/setup-dotnet@v6.0.0', with: { 'dotnet-version': '10.x' } },
  { name: 'Go', uses: 'actions/setup-go@v7.0.0', with: { 'go-version': '1.25', 'cache': false } },
  { name: 'Prove', run: '.ci/run' },
];

/** The whole of .ci/run on each Node version that the library declares. */
export function addCompatibilityWorkflow(project: javascript.NodeProject): void {
  const workflow = project.github?.addWorkflow('compatibility');
  workflow?.on({ pullRequest: {}, push: { branches: ['main'] }, workflowDispatch: {} });
  workflow?.addJob('ci', {
    runsOn: ['ubuntu-latest'],
    permissions: { contents: JobPermission.READ },
    strategy: { matrix: { domain: { node: ['22', '24'] } } },
    timeoutMinutes: 90,
    steps: [
      { name: 'Checkout', uses: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1' },
      { name: 'Node', uses: 'actions/setup-node@v7.0.0', with: { 'node-version': '${{ matrix.node }}' } },
      ...PROOF,
    ],
  });
}
