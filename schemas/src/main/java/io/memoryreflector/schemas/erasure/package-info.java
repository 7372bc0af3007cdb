/** What has to be forgotten: the rule, and the erasures that a process knows of. Nothing here deletes anything. */
package io.memoryreflector.schemas.erasure;
