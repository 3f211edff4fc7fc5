namespace FlickStream.Platform.Documents;

/// <summary><see cref="DocumentQuery.After"/> is not the end of a page of this query's sort; the HTTP habit answers
/// <c>bad_cursor</c>.</summary>
public sealed class InvalidCursorException : FormatException
{
    public InvalidCursorException()
        : this((Exception?)null)
    {
    }

    public InvalidCursorException(string message)
        : base(message)
    {
    }

    public InvalidCursorException(string message, Exception cause)
        : base(message, cause)
    {
    }

    internal InvalidCursorException(Exception? cause)
        : base("The cursor does not belong to this list.", cause)
    {
    }
}
