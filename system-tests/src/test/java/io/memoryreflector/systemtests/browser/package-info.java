/** The page as a person uses it: Chromium, driven by the scripts of page/src/test/browser. */
package io.memoryreflector.systemtests.browser;
