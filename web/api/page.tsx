import { render } from "preact";
import { useState } from "preact/hooks";
import { type Document, type Entry, entriesByTag } from "./openapi.ts";
import { OperationView } from "./operation-view.tsx";
import { Schemas } from "./schema-view.tsx";
import { Words } from "./words.tsx";

const matches = ({ method, path, operation }: Entry, words: string): boolean =>
  `${method} ${path} ${operation.summary} ${operation.operationId}`.toLowerCase().includes(words.trim().toLowerCase());

function Page({ document }: { document: Document }) {
  const [words, setWords] = useState("");
  const groups = entriesByTag(document)
    .map((group) => ({ ...group, entries: group.entries.filter((entry) => matches(entry, words)) }))
    .filter(({ entries }) => entries.length > 0);
  return (
    <>
      <nav aria-label="Operations">
        <a class="name" href="#top">
          {document.info.title} <small>{document.info.version}</small>
        </a>
        <input
          type="search"
          placeholder="Find an operation"
          aria-label="Find an operation"
          value={words}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
        />
        {groups.map(({ tag, entries }) => (
          <section key={tag}>
            <h2>{tag}</h2>
            <ul>
              {entries.map(({ operation, method }) => (
                <li key={operation.operationId}>
                  <a href={`#${operation.operationId}`}>
                    <span>{operation.summary}</span> <span class={`method ${method.toLowerCase()}`}>{method}</span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && <p>Nothing is called that. Try a noun, such as “messages”.</p>}
      </nav>
      <main id="top">
        <header>
          <h1>{document.info.title} API</h1>
          <p>
            <Words text={document.info.description} />
          </p>
          <p>
            The same as a file for tools: <a href="/api/v1/openapi.json">openapi.json</a>
          </p>
        </header>
        {groups.map(({ tag, description, entries }) => (
          <section key={tag} aria-labelledby={`tag-${tag}`}>
            <h2 id={`tag-${tag}`}>{tag}</h2>
            <p>{description}</p>
            {entries.map((entry) => (
              <OperationView key={entry.operation.operationId} entry={entry} document={document} />
            ))}
          </section>
        ))}
        <Schemas document={document} />
      </main>
    </>
  );
}

const root = document.getElementById("page") as HTMLElement;
try {
  const answer = await fetch("/api/v1/openapi.json");
  const description = (await answer.json()) as Document;
  root.replaceChildren();
  render(<Page document={description} />, root);
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
} catch {
  render(
    <p class="waiting">
      The description of the API could not be loaded. Is the server running? Reload the page to try again.
    </p>,
    root,
  );
}
