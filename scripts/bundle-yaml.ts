import { bundleLibrary } from './bundle-library';

/** See docs/adr/0007. */
bundleLibrary('policy/model/templates/yaml.js', ['yaml']);
