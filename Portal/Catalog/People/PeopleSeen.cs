using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FlickStream.Platform.Access;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Browsing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;

namespace FlickStream.Portal.Catalog.People;

/// <summary>Whom a caller may know of: editors everybody, viewers those of titles that they see. A draft's cast is nobody's to read before it is out.</summary>
internal sealed class PeopleSeen(
    CatalogIndex index, ViewingReader reader, IAuthorizationService authorization, IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector _seal = protection.CreateProtector("FlickStream.PeoplePage");

    /// <summary>Whether a person of this id is shown; null for who is shown all.</summary>
    public async Task<Func<string, bool>?> OfAsync(HttpContext http)
    {
        if ((await authorization.AuthorizeAsync(http.User, Scopes.Catalog)).Succeeded) return null;
        var viewing = await reader.ReadAsync(http, null);
        var view = (await index.NowAsync(http.RequestAborted)).ViewOf(viewing.Region, time.GetUtcNow());
        var seen = view.UpTo(viewing.MaximumAge);
        return id => Array.Exists(view.Snapshot.With(Facet.Person, id), seen.Has);
    }

    /// <summary>Where a page ended, unreadable: it names whom the reading ended at, who may be one that is not shown.</summary>
    public string Seal(string next) => Base64Url.EncodeToString(_seal.Protect(Encoding.UTF8.GetBytes(next)));

    /// <exception cref="InvalidCursorException">It was not sealed here.</exception>
    public string Open(string after)
    {
        try
        {
            return Encoding.UTF8.GetString(_seal.Unprotect(Base64Url.DecodeFromChars(after)));
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            throw new InvalidCursorException("The cursor does not belong to this list.", fault);
        }
    }
}
