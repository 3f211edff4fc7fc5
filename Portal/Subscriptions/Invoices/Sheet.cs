using System.Net;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Invoices;

/// <summary>A page that prints on one sheet, without script and style of its own, which no browser would take here.</summary>
internal static class Sheet
{
    /// <param name="title">Of what it is, and its number.</param>
    /// <param name="issuer">Who sells, in lines.</param>
    /// <param name="facts">A paragraph each.</param>
    /// <param name="rows">What for, and how much.</param>
    public static string Of(string title, string issuer, IEnumerable<string> facts, IEnumerable<(string Text, Money Amount)> rows) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>{Html(title)}</title></head>
        <body>
        <h1>{Html(title)}</h1>
        <p>{Html(issuer).ReplaceLineEndings("<br>")}</p>
        {string.Join('\n', facts.Select(fact => $"<p>{Html(fact)}</p>"))}
        <table>
        {string.Join('\n', rows.Select(row => $"<tr><td>{Html(row.Text)}</td><td align=\"right\">{row.Amount}</td></tr>"))}
        </table>
        </body>
        </html>
        """;

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
