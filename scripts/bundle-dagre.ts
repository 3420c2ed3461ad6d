import { bundleLibrary } from './bundle-library';

/** See docs/adr/0010. */
bundleLibrary('report/render/html/graph/layout.js', ['@dagrejs/dagre', '@dagrejs/graphlib']);
