/** What CloudFront may do with the files: read them, not list them. */
export const SITE_READ_ACTIONS = ['s3:GetObject'];

/** What CloudFront needs of the key of the files. */
export const SITE_KEY_ACTIONS = ['kms:Decrypt'];

/** Paths that machines look for and that have no file extension: they stay as they are. */
const AS_IS = "if (uri.startsWith('/.well-known/')) return request;";

/**
 * Folders and pages without an extension lead to the `index.html` in the folder of that name: `/about` and `/about/` to `/about/index.html`.
 * It runs in CloudFront's runtime 2.0 and changes nothing but the path.
 */
export const FOLDER_INDEX_CODE = `function handler(event) {
  var request = event.request;
  var uri = request.uri;
  ${AS_IS}
  var last = uri.slice(uri.lastIndexOf('/') + 1);
  if (last === '') request.uri = uri + 'index.html';
  else if (!last.includes('.')) request.uri = uri + '/index.html';
  return request;
}
`;

/** Paths without an extension are the business of the page's own script: all lead to the one `index.html`. */
export const SINGLE_PAGE_CODE = `function handler(event) {
  var request = event.request;
  var uri = request.uri;
  ${AS_IS}
  if (!uri.slice(uri.lastIndexOf('/') + 1).includes('.')) request.uri = '/index.html';
  return request;
}
`;
