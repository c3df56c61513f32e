import { useState } from "preact/hooks";
import { type Document, type Entry, exampleOf, nameOf, schemaOf } from "./openapi.ts";
import { SchemaView } from "./schema-view.tsx";
import { Words } from "./words.tsx";

const base = "/api/v1";

/** The request as a line for a shell. */
function curlOf({ method, path, operation }: Entry, document: Document): string {
  const body = schemaOf(operation.requestBody);
  return [
    `curl${method === "GET" ? "" : ` -X ${method}`} "${location.origin}${base}${path}"`,
    operation.security?.length === 0 ? undefined : `-H "Authorization: Bearer $TOKEN"`,
    body && `-H "Content-Type: application/json"`,
    body && `-d '${JSON.stringify(exampleOf(body, document))}'`,
  ]
    .filter(Boolean)
    .join(" \\\n  ");
}

function Example({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  return (
    <div class="example">
      <pre>
        <code>{text}</code>
      </pre>
      <button type="button" onClick={() => void copy()}>
        {copied ? "Copied" : "Copy"}
      </button>
    </div>
  );
}

/** One operation: what it does, what it takes, what it answers. */
export function OperationView({ entry, document }: { entry: Entry; document: Document }) {
  const { method, path, operation } = entry;
  const body = schemaOf(operation.requestBody);
  const bodySchema = body && (nameOf(body) ? document.components.schemas[nameOf(body) as string] : body);
  return (
    <article id={operation.operationId}>
      <h3>{operation.summary}</h3>
      <p class="address">
        <span class={`method ${method.toLowerCase()}`}>{method}</span> <code>{base + path}</code>
      </p>
      {operation.description && (
        <p>
          <Words text={operation.description} />
        </p>
      )}
      {operation.parameters && operation.parameters.length > 0 && (
        <>
          <h4>Parameters</h4>
          <dl class="fields">
            {operation.parameters.map((parameter) => (
              <div key={parameter.name}>
                <dt>
                  <code>{parameter.name}</code>
                  <span class="where">{parameter.in}</span>
                </dt>
                <dd>{parameter.schema && <SchemaView schema={parameter.schema} />}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {bodySchema && (
        <>
          <h4>Body</h4>
          <SchemaView schema={bodySchema} />
        </>
      )}
      <h4>Answers</h4>
      <dl class="answers">
        {Object.entries(operation.responses).map(([status, answer]) => {
          const schema = schemaOf(answer);
          const name = schema && nameOf(schema);
          return (
            <div key={status}>
              <dt class={status < "300" ? "good" : "bad"}>{status}</dt>
              <dd>
                {status < "300" ? (
                  name ? (
                    <a href={`#schema-${name}`}>{name}</a>
                  ) : schema ? (
                    <SchemaView schema={schema} />
                  ) : (
                    "no body"
                  )
                ) : (
                  answer.description
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      <Example text={curlOf(entry, document)} />
    </article>
  );
}
