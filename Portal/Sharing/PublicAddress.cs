using FlickStream.Portal.Accounts;
using FlickStream.Portal.Reviews.Words;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Sharing;

/// <summary>Where shared pages are, for those who are sent a link.</summary>
internal sealed class PublicAddress(IOptions<AccountOptions> options)
{
    public const string Titles = "/share/titles/";
    public const string Lists = "/share/lists/";

    private const int IdLength = 16;
    private const int MostOfName = 60;

    /// <summary>Without a slash at its end. What a request calls us only where nobody said what we are called, which <see cref="LinkFilter"/> lets be
    /// nothing but this machine.</summary>
    public string Of(HttpContext http) => options.Value.PublicUrl?.ToString().TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}";

    /// <summary>For people to read, with the id at its end, by which it is found: <c>the-long-night-0123456789abcdef</c>.</summary>
    public static string SlugOf(string name, string id)
    {
        var words = FoldedText.Words(name, isLeet: false).Where(word => word.All(char.IsAsciiLetterOrDigit));
        var length = 0;
        return string.Join('-', [.. words.TakeWhile(word => (length += word.Length + 1) <= MostOfName), id]);
    }

    public static string IdOf(string slug) => slug.Length > IdLength ? slug[^IdLength..] : slug;
}
