using FlickStream.Portal;
using FlickStream.Platform.Http;

var builder = WebApplication.CreateBuilder(args);
builder.AddPortal();

var app = builder.Build();
app.UsePlatform();
app.MapPortal();
app.Run();
