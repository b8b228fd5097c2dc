/** What web/build.mjs writes in: the version of these files. */
declare const VERSION: string;
