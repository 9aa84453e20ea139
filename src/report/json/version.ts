/** The version of the JSON document. It goes up whenever a reader of documents would have to change. */
export const DOCUMENT_VERSION = 2;
