using MongoDB.Driver;

namespace FlickStream.Platform.Documents.Mongo;

internal static class MongoOptionsCheck
{
    /// <summary>What is wrong with <c>Platform:Mongo:ConnectionString</c>, or null.</summary>
    public static string? ErrorOf(MongoOptions options)
    {
        const string Option = "Platform:Mongo:ConnectionString";
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            return $"{Option} is empty, but Platform:Documents is Mongo; name the server, such as mongodb://localhost:27017/?replicaSet=rs0.";
        try
        {
            MongoClientSettings.FromConnectionString(options.ConnectionString);
            return null;
        }
        catch (Exception e) when (e is MongoConfigurationException or FormatException or ArgumentException)
        {
            // The driver's words may quote parts of the text, which holds a password.
            return $"{Option} is not a MongoDB connection string. Its form is mongodb://[user:password@]host[:port][,...]/[?options], with "
                + "the special characters of user and password percent-encoded.";
        }
    }
}
