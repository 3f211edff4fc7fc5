using System.Xml.Linq;
using FlickStream.Platform.Documents;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace FlickStream.Platform.Protection;

/// <summary>Keeps the framework's sealing keys among the documents.</summary>
internal sealed class SealingKeyDocuments(IDocuments documents) : IXmlRepository
{
    private static readonly DocumentSchema<SealingKey> Schema = new("sealing_keys");

    private readonly IDocumentSet<SealingKey> _keys = documents.Set(Schema);

    // The framework asks synchronously, once a day; on a thread of the pool no context can be waited for in a circle.
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(ReadAsync).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => Task
        .Run(() => _keys.InsertAsync(Guid.NewGuid().ToString("n"), new SealingKey(element.ToString(SaveOptions.DisableFormatting))))
        .GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        List<XElement> elements = [];
        await foreach (var key in _keys.QueryAllAsync(new DocumentQuery())) elements.Add(XElement.Parse(key.Value.Xml));
        return elements;
    }

    private sealed record SealingKey(string Xml);
}
